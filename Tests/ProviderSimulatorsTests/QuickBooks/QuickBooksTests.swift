import Foundation
import Testing

@testable import ProviderSimulators

extension SimulatorBundle where State == QuickBooksSimulator {
    static func makeBundle(bucket: Double = 1000) -> Self {
        let settings = QuickBooksSettings(
            realmID: "1", clientID: "app", clientSecret: "secret", refreshToken: "first",
            verifierToken: "3f1c9d62-5a7e-4b0f-9d8e-2c4a6b8d0e1f",
            webhookURL: "http://gateway.test/webhooks/quickbooks/ws_1", bucketSize: bucket)
        var bundle = Self(QuickBooksSimulator(settings, idOffset: .pinned(0)))
        bundle.connect("first")
        return bundle
    }

    /// Renews the tokens; answers the refresh token that follows, nil when it was refused.
    @discardableResult
    mutating func connect(_ refreshToken: String) -> String? {
        let fields = [
            "authorization": "Basic \(Data("app:secret".utf8).base64EncodedString())",
            "content-type": "application/x-www-form-urlencoded",
        ]
        var request = request("POST", "/oauth2/v1/tokens/bearer", nil, [:])
        request.headers = fields.map { .init(name: $0.key, value: $0.value) }
        request.bytes = Array("grant_type=refresh_token&refresh_token=\(refreshToken)".utf8)
        request.body = .other
        let answer = send(request).document
        if let token = answer["access_token"].string { headers["authorization"] = "Bearer \(token)" }
        return answer["refresh_token"].string
    }

    mutating func company(_ method: String, _ path: String, _ body: JSON? = nil) -> SimulatedResponse {
        send(method, "/v3/company/1/\(path)", body)
    }

    mutating func enter(_ changes: JSONObject = JSONObject(), id: String = "a") -> SimulatedResponse {
        company("POST", "refundreceipt?requestid=\(id)&minorversion=75", Self.receipt(changes))
    }

    static func receipt(_ changes: JSONObject = JSONObject()) -> JSON {
        let usual = JSONObject([
            ("DocNumber", "RMA-1"), ("CustomerRef", ["value": "58"]), ("DepositToAccountRef", ["value": "35"]),
            ("Line", [line("69.50", quantity: 1, price: "69.50")]), ("TxnTaxDetail", ["TotalTax": 5.56.json]),
        ])
        return .object(usual.merging(changes))
    }

    static func line(_ amount: String, quantity: Int, price: String, item: String = "11") -> JSON {
        [
            "Amount": .number(amount), "DetailType": "SalesItemLineDetail",
            "SalesItemLineDetail": [
                "ItemRef": ["value": .string(item)], "Qty": .int(quantity), "UnitPrice": .number(price),
            ],
        ]
    }
}

@Suite("QuickBooks")
struct QuickBooksTests {
    typealias Company = SimulatorBundle<QuickBooksSimulator>

    private func code(_ response: SimulatedResponse) -> String? {
        response.document["Fault"]["Error"][0]["code"].string
    }

    @Test("a receipt is answered wrapped, with its total")
    func receipt() {
        var company = Company.makeBundle()
        let answer = company.enter()
        #expect(answer.status == 200)
        #expect(answer.document["RefundReceipt"]["TotalAmt"].decimal == Decimal(exactly: "75.06"))
        #expect(answer.document["RefundReceipt"]["SyncToken"] == "0")
        #expect(answer.document["time"].string != nil)
        #expect(answer.header("intuit_tid") != nil)
    }

    @Test(
        "what breaks a rule is refused with its code",
        arguments: [
            (JSONObject([("docNumber", "x")]), "2010"), (JSONObject([("Line", [])]), "2020"),
            (JSONObject([("DepositToAccountRef", nil)]), "2020"),
            (JSONObject([("DepositToAccountRef", ["value": "99"])]), "2500"),
            (JSONObject([("DepositToAccountRef", ["value": "79"])]), "6000"),
            (JSONObject([("CustomerRef", ["value": "1"])]), "2500"),
            (JSONObject([("Line", [Company.line("10.00", quantity: 1, price: "9.99")])]), "6070"),
            (JSONObject([("Line", [Company.line("10.00", quantity: 1, price: "10", item: "99")])]), "2500"),
            (JSONObject([("DocNumber", .string(String(repeating: "9", count: 22)))]), "2010"),
        ])
    func refused(change: JSONObject, expected: String) {
        var company = Company.makeBundle()
        let answer = company.enter(change)
        #expect(answer.status == 400)
        #expect(code(answer) == expected)
        #expect(company.state.documents.isEmpty)
    }

    @Test("three units of a third each come to the amount")
    func thirds() {
        var company = Company.makeBundle()
        let line = Company.line("100.00", quantity: 3, price: "33.3333333")
        #expect(company.enter(JSONObject([("Line", [line])])).status == 200)
    }

    @Test("a request id gives its first answer for ever, also for what was deleted; a number is used once")
    func repeats() {
        var company = Company.makeBundle()
        let first = company.enter().document["RefundReceipt"]
        #expect(company.enter().document["RefundReceipt"] == first)
        #expect(code(company.enter(id: "b")) == "6140")
        let delete: JSON = ["Id": first["Id"], "SyncToken": "0"]
        #expect(company.company("POST", "refundreceipt?operation=delete", delete).status == 200)
        #expect(company.enter().document["RefundReceipt"] == first)
        #expect(code(company.company("GET", "refundreceipt/\(first["Id"].string ?? "")")) == "610")
        #expect(company.enter(id: "b").status == 200)
        #expect(company.state.documents.count == 1)
    }

    @Test("an update needs the newest sync token")
    func syncTokens() {
        var company = Company.makeBundle()
        let id = company.enter().document["RefundReceipt"]["Id"]
        func change(_ token: String) -> JSON {
            ["sparse": true, "Id": id, "SyncToken": .string(token), "PrivateNote": "n"]
        }
        let changed = company.company("POST", "refundreceipt", change("0")).document["RefundReceipt"]
        #expect(changed["SyncToken"] == "1")
        #expect(changed["DocNumber"] == "RMA-1")
        #expect(code(company.company("POST", "refundreceipt", change("0"))) == "5010")
    }

    @Test("queries find by conditions, and an entity without rows is absent")
    func queries() {
        var company = Company.makeBundle()
        _ = company.enter()
        func query(_ text: String) -> SimulatedResponse {
            company.company("GET", "query?query=\(PercentEncoding.encode(text))&minorversion=75")
        }
        let found = query("select * from RefundReceipt where DocNumber = 'RMA-1' startposition 1 maxresults 10")
        #expect(found.document["QueryResponse"]["RefundReceipt"].array?.count == 1)
        #expect(query("SELECT * FROM RefundReceipt WHERE DocNumber = 'x'").document["QueryResponse"] == [:])
        #expect(code(query("select DocNumber from RefundReceipt")) == "4000")
        #expect(code(query("select * from RefundReceipt where DocNumber like 'x'")) == "4000")
        #expect(code(query("select * from Invoice")) == "4001")
        #expect(query(#"select * from Customer where PrimaryEmailAddr = 'o\'neil'"#).status == 200)
    }

    @Test("a refresh token is good until its successor is used, and never again after that")
    func tokens() {
        var company = Company.makeBundle()
        let second = company.connect("first")
        #expect(second?.hasPrefix("RT1-1-") == true)
        let third = company.connect(second ?? "")
        #expect(company.connect("first") == nil)
        #expect(company.connect(second ?? "") == third)
        #expect(company.connect("RT1-9-forged") == nil)
        company.now += 3600
        #expect(company.company("GET", "companyinfo/1").status == 401)
        company.connect(third ?? "")
        #expect(company.company("GET", "companyinfo/1").status == 200)
        #expect(company.send("GET", "/v3/company/2/companyinfo/2").status == 403)
    }

    @Test("the signature is the published one")
    func signature() {
        let body =
            #"{"eventNotifications":[{"realmId":"4620816365","dataChangeEvent":{"entities":[{"name":"RefundReceipt","#
            + #""id":"145","operation":"Create","lastUpdated":"2026-03-04T10:15:30Z"}]}}]}"#
        #expect(
            QuickBooksSimulator.signature(Array(body.utf8), token: "3f1c9d62-5a7e-4b0f-9d8e-2c4a6b8d0e1f")
                == "Ev2pV4dqDhVIfRXo263xB7MLK3Bk172j+3c22WQX7fw=")
        var company = Company.makeBundle()
        _ = company.enter()
        #expect(company.topics == ["dataChangeEvent"])
    }

    @Test("the company's rate is held")
    func limits() {
        var company = Company.makeBundle(bucket: 1)
        #expect(company.company("GET", "companyinfo/1").status == 200)
        let answer = company.company("GET", "companyinfo/1")
        #expect(answer.status == 429)
        #expect(code(answer) == "3001")
    }
}
