"""What the audit log calls what was done, in words; the codes are those of its events."""

from vocabulary.text import Text

ACTIONS: dict[str, Text] = {
    "import": Text("File imported", "ファイルの取り込み"),
    "roll back": Text("Import rolled back", "取り込みの取り消し"),
    "headings": Text("Headers explained", "見出しの対応付け"),
    "partner name": Text("Partner name decided", "連携機関名の判断"),
    "sure partner names": Text("Sure partner names applied", "確実な連携機関名の反映"),
    "role given": Text("Role given", "権限の付与"),
    "role taken back": Text("Role taken back", "権限の取り消し"),
    "view taken": Text("Viewed as another reader", "他の閲覧者としての表示"),
    "view given back": Text("Viewed as oneself again", "他の閲覧者としての表示の終了"),
    "signed in": Text("Signed in", "サインイン"),
    "signed out": Text("Signed out", "サインアウト"),
    "export": Text("Records taken out", "記録の書き出し"),
    "download": Text("Table downloaded", "表のダウンロード"),
    "backup": Text("Backup made", "バックアップの作成"),
    "restore": Text("Backup restored", "バックアップからの復元"),
    "page": Text("Closed page asked for", "権限のないページの閲覧"),
    "something on a page": Text("Closed action asked for", "権限のない操作"),
    "address": Text("Address of what is another's asked for", "権限のない対象のアドレスの閲覧"),
    "log read": Text("Audit log read", "監査記録の閲覧"),
    "old events deleted": Text("Old events deleted", "期限を過ぎた記録の削除"),
    "retention": Text("Old data deleted", "期限を過ぎたデータの削除"),
    "person erased": Text("Person erased", "個人の消去"),
    "person corrected": Text("Person corrected", "個人の訂正"),
    "account erased": Text("Account erased", "アカウントの消去"),
}
OUTCOMES: dict[str, Text] = {
    "done": Text("done", "実行"),
    "refused": Text("refused", "拒否"),
    "failed": Text("failed", "失敗"),
}
