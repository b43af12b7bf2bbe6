namespace Platform.Engine.PersonalData.Reading;

/// <summary>Words that name a number which is nobody's: of an order, a parcel, an article, a moment.</summary>
internal static class OtherNumbers
{
    public static IReadOnlyList<string> Words { get; } =
    [
        "注文番号", "ご注文番号", "注文no", "注文id", "受注番号", "受注no", "発注番号", "発注no", "オーダー番号", "オーダーno", "伝票番号", "伝票no", "追跡番号", "問い合わせ番号", "問合せ番号",
        "お問い合わせ番号", "お問合せ番号", "お問い合わせ伝票番号", "送り状番号", "送り状no", "配送番号", "出荷番号", "荷物番号", "貨物番号", "コンテナ番号", "管理番号", "管理no", "管理id", "整理番号", "受付番号", "受付no",
        "予約番号", "予約no", "会員番号", "会員id", "顧客番号", "顧客コード", "顧客id", "お客様番号", "お客様コード", "取引先コード", "得意先コード", "仕入先コード", "商品コード", "商品番号", "商品no", "品番", "型番", "型式", "品目コード", "部品番号", "図面番号",
        "製造番号", "製品番号", "製品コード", "製番", "シリアル", "シリアル番号", "シリアルno", "ロット", "ロット番号", "ロットno", "請求番号", "請求書番号", "請求no", "請求書no", "見積番号", "見積書番号", "見積no", "契約番号", "案件番号",
        "案件no", "チケット", "チケット番号", "社員番号", "社員コード", "従業員番号", "職員番号", "学籍番号", "文書番号", "通知番号", "図書番号", "資産番号", "機器番号", "端末番号", "証券番号", "保険証番号", "被保険者番号", "免許証番号", "基礎年金番号", "在留カード番号", "取引番号",
        "取引id", "決済番号", "決済id", "承認番号", "jan", "janコード", "バーコード", "isbn", "issn", "書籍コード", "タイムスタンプ", "処理時刻", "バージョン", "版数", "金額", "合計", "合計金額", "単価", "価格", "数量", "売上",
        "申請番号", "申込番号", "抽選番号", "クーポン", "クーポンコード", "ポイントカード", "シリアルコード", "ライセンス", "ライセンスキー", "プロダクトキー", "リクエストid", "セッションid", "トレースid", "デバイスid", "機種", "車台番号", "登録番号標", "ファイル名", "在庫番号", "棚番",
        "order", "order no", "order no.", "order number", "order id", "orderid", "order_id", "order ref", "order code", "purchase order", "po number", "po no", "tracking", "tracking no", "tracking no.", "tracking number", "tracking id", "tracking code", "trackingnumber", "tracking_number", "waybill", "awb",
        "consignment", "shipment", "shipment id", "parcel", "container", "container no", "invoice", "invoice no", "invoice no.", "invoice number", "invoice id", "ticket", "ticket no", "ticket number", "ticket id", "case no", "case id", "case number", "reference", "reference no", "reference number", "ref", "ref no", "ref.", "ref:", "serial", "serial no", "serial no.", "serial number",
        "s/n", "sku", "part no", "part no.", "part number", "model", "model no", "model no.", "model number", "product code", "product no", "product id", "product number", "item", "item no", "item no.", "item code", "item number", "catalog no", "catalogue no", "ean", "ean-13", "upc", "gtin", "barcode", "lot", "lot no", "lot number", "batch",
        "batch no", "batch id", "version", "build", "release", "firmware", "timestamp", "epoch", "uuid", "guid", "trace", "trace id", "traceid", "trace_id", "request id", "requestid", "request_id", "req", "session", "session id", "sessionid", "correlation id", "transaction", "transaction id", "transaction no", "transaction number", "txn", "txid", "payment id", "customer id",
        "customer no", "customer number", "member id", "member no", "membership no", "membership number", "employee id", "employee no", "employee number", "staff id", "student id", "quote no", "quotation no", "quote number", "booking", "booking no", "booking reference", "booking ref", "reservation", "reservation number", "confirmation number", "confirmation no", "confirmation code", "amount", "total", "price",
        "subtotal", "unit price", "qty", "seq", "seq.", "sequence", "sequence no", "debug", "[info]", "[warn]", "[error]", "checksum", "hash", "commit", "md5", "sha", "sha1", "sha256", "message-id", "message id", "thread id", "device id", "imei", "mac address", "licence key", "license key", "product key", "coupon", "coupon code", "voucher", "gift code", "approval code", "auth code", "job id", "job no", "doc no", "document no", "document number", "file no",
        "asset tag", "asset no", "gift card", "meter no", "vin", "policy no", "policy number", "claim no", "contract no", "contract number", "ip address", "ip", "port", "pid", "log", "error code", "user id", "userid", "user_id", "sample", "revision", "rev", "drawing no", "stock no", "stock code", "article no", "article number", "art. no", "patent no", "application no", "application number",
        "주문번호", "주문 번호", "주문no", "송장번호", "송장 번호", "운송장", "운송장번호", "운송장 번호", "배송번호", "배송 번호", "추적번호", "추적 번호", "예약번호", "예약 번호", "접수번호", "접수 번호", "상품번호", "상품코드", "상품 코드", "제품번호", "제품코드", "제품 코드", "품번", "부품번호", "모델", "모델명", "모델번호",
        "시리얼", "시리얼번호", "시리얼 번호", "일련번호", "관리번호", "관리 번호", "문서번호", "문서 번호", "고객번호", "고객 번호", "고객코드", "회원번호", "회원 번호", "사번", "사원번호", "학번", "거래번호", "거래 번호", "승인번호", "승인 번호", "청구번호", "청구서번호", "견적번호", "견적서번호", "계약번호", "금액", "합계", "가격", "단가",
        "수량", "바코드", "버전", "타임스탬프", "사업자등록번호", "사업자번호", "법인등록번호", "계좌번호", "계좌", "요청 id", "세션 id", "로그", "쿠폰번호", "쿠폰", "티켓", "티켓번호", "로트", "로트번호", "세금계산서", "운전면허번호", "건강보험증번호", "증권번호", "도서번호",
    ];
}
