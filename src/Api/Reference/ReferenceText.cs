using Platform.Api.Edge;

namespace Platform.Api.Reference;

/// <summary>Words of the pages for developers, in Japanese and English. What fields and routes mean is written in English alone.</summary>
internal sealed record ReferenceText(string Language)
{
    private bool IsJapanese => Language == Languages.Japanese;

    public string Product => In("E-mail inspection platform", "メール検査プラットフォーム");
    public string ApiReference => In("API reference", "API リファレンス");
    public string Rest => In("REST reference", "REST リファレンス");
    public string GraphQL => In("GraphQL reference", "GraphQL リファレンス");
    public string Explorer => In("GraphQL explorer", "GraphQL エクスプローラー");
    public string Description => In("Machine-readable description (OpenAPI)", "機械可読の記述 (OpenAPI)");
    public string Schema => In("Schema definition", "スキーマ定義");
    public string Introduction => In(
        "GraphQL is the whole of the product; REST carries files, the event feed and provisioning. Both take the same tokens.",
        "GraphQL で製品の全機能を利用できます。REST はファイル、イベントフィード、プロビジョニングを扱います。どちらも同じトークンを使います。");
    public string Permission => In("Permission", "必要な権限");
    public string Parameters => In("Parameters", "パラメーター");
    public string Name => In("Name", "名前");
    public string Meaning => In("Meaning", "意味");
    public string Example => In("Example", "例");
    public string Body => In("Body to send", "送信する本文");
    public string Answers => In("Answers", "応答");
    public string Type => In("Type", "型");
    public string Types => In("Types", "型の一覧");
    public string Run => In("Run (Ctrl+Enter)", "実行 (Ctrl+Enter)");
    public string Stop => In("Stop", "停止");
    public string Query => In("Document", "ドキュメント");
    public string Variables => In("Variables (JSON)", "変数 (JSON)");
    public string Answer => In("Answer", "応答");
    public string History => In("Ran before", "実行履歴");
    public string ClientId => In("Client id (empty: a token follows)", "クライアント ID (空欄ならトークンを入力)");
    public string ClientSecret => In("Secret or token", "シークレットまたはトークン");
    public string SignIn => In("Sign in", "サインイン");
    public string SignedIn => In("Signed in.", "サインインしました。");
    public string SignedOut => In("Not signed in.", "サインインしていません。");
    public string Stopped => In("Stopped.", "停止しました。");
    public string Following => In("Following…", "受信中…");
    public string Ended => In("The subscription has ended.", "サブスクリプションが終了しました。");

    private string In(string english, string japanese) => IsJapanese ? japanese : english;
}
