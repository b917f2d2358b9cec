/// `POST …/refunds/calculate` of one unit of a discounted line, with fees, as REST clients send it.
struct CalculateRequest: Sendable {
    let bytes: [UInt8]

    init(workspace: String, key: String) {
        let body = """
            {"currency":"USD","order":{"taxes_included":false,"lines":[
            {"id":"l1","sku":"A","quantity":3,"unit_price":"19.99","discount":"6.00","tax":"4.79"},
            {"id":"l2","sku":"B","quantity":1,"unit_price":"40.00","discount":"4.00","tax":"3.20"}],
            "shipping":{"amount":"5.00","tax":"0.00","refunded":"0.00"},
            "tenders":[{"id":"t1","kind":"card","captured":"102.96","refunded":"0.00","pending":"0.00"}]},
            "return":{"lines":[{"line_id":"l1","quantity":1,"grade":"A","reason":"wrong_size"}]},
            "policy":{"restocking_fee_percent":"15","return_shipping_fee":"7.95","fee_waived_reasons":["defective"]}}
            """
        let head = """
            POST /v1/workspaces/\(workspace)/refunds/calculate HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer \(key)\r\n\
            Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n
            """
        bytes = Array((head + body).utf8)
    }
}
