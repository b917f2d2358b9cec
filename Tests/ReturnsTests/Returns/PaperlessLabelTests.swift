import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Providers
import Support
import Testing
import Views

@testable import Returns

@Suite("A code in the place of a label", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct PaperlessLabelTests {
    private static let route = #"""
        {"US":{"carrier_id":"se-1","service_code":"usps_ground_advantage","paperless":true,"return_address":{
          "name":"Returns","address_line1":"1 Dock","city_locality":"Fremont","state_province":"CA",
          "postal_code":"94538","country_code":"US"}}}
        """#

    private static func accounts(_ http: any HTTPClient) -> ProviderAccounts {
        var accounts = ProviderAccounts.onlyShopify(StubHTTP([:]))
        accounts.shipStation = { _ in
            let settings = try ShipStationSettings.decode(
                Array(
                    """
                    {"base_url":"http://ss","api_key":"a","webhook_tokens":["b"],"default_weight_grams":500,
                     "return_routes":\(Self.route)}
                    """.utf8))
            return ShipStationAccount(
                settings: settings, client: ShipStationClient(settings: settings, http: http, gate: OpenGate()))
        }
        return accounts
    }

    private static func label(_ paperless: String) -> StubHTTP.Answer {
        .init(
            body: #"""
                {"label_id":"se-9","status":"completed","tracking_number":"9400","carrier_code":"stamps_com",
                 "label_download":{"pdf":"http://ss/label.pdf"},"paperless_download":\#(paperless)}
                """#)
    }

    private let documents: [String: StubHTTP.Answer] = [
        "GET /label.pdf": .init(body: "%PDF-1.4"), "GET /code.png": .init(body: "%PDF-1.4 code"),
        "GET /sorry": .init(body: "<html>"),
    ]

    private func parcel(_ bench: ReturnsBench, _ id: ReturnID) async throws -> ReturnParcel {
        try await bench.handle {
            let goods = try await ReturnCase.lock(id, in: $0)
            var order = try await OrderView($0).document(of: goods.row.orderID)
            order.shippingAddress = Address(
                name: "Ana Ruiz", street1: "92 Chestnut St", city: "Louisville", region: "KY", postalCode: "40202",
                country: "US")
            return try ReturnParcel(goods.row, of: order)
        }
    }

    /// A broker that refuses every purchase with a code, and answers all else as another does.
    private struct NoCodes: HTTPClient {
        let other: StubHTTP

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let body = String(decoding: request.body ?? [], as: UTF8.self)
            guard body.contains("label_and_paperless") else { return try await other.send(request) }
            let words = """
                {"errors":[{"error_source":"carrier","error_type":"business_rules","error_code":"invalid_field_value",
                            "message":"No codes here."}]}
                """
            return HTTPResponse(status: 400, body: Array(words.utf8))
        }
    }

    /// Bought and given to a return.
    /// - Parameter isRefused: whether the broker sells it on paper only.
    private func buy(
        _ answer: StubHTTP.Answer, _ bench: ReturnsBench, isRefused: Bool = false
    ) async throws -> (ReturnID, ReturnShippingLabel) {
        try await bench.deliverOrder()
        let id = try await bench.sendLabel()
        let parcel = try await parcel(bench, id)
        let http = StubHTTP(documents.merging(["POST /labels": answer]) { $1 })
        let call = EffectCall(
            workspaceID: bench.workspaceID, key: "k", now: Date(timeIntervalSince1970: 1_770_000_000))
        let broker: any HTTPClient = if isRefused { NoCodes(other: http) } else { http }
        let accounts = Self.accounts(broker)
        let bought = try await LabelPurchase(accounts: accounts).buy(parcel, for: call)
        try await bench.handle {
            var goods = try await ReturnCase.lock(id, in: $0)
            try await bought.give(to: &goods, for: parcel, in: $0)
            try await goods.save(bought.happening)
        }
        return (id, try #require(try await bench.record(id).label))
    }

    @Test("it is mailed with the label, with what the carrier says to it, and is on the ticket")
    func given() async throws {
        try await ReturnsBench.run { bench in
            let (id, label) = try await buy(
                Self.label(#"{"href":"http://ss/code.png","instructions":"Show\nit.","handoff_code":"1223"}"#), bench)
            #expect(label.documents.count == 2 && label.paperless?.missing == nil)
            let row = try await bench.handle { try await ReturnCase.lock(id, in: $0).row }
            let sent = try await bench.handleAndSend { try await ReturnNotice(.returnLabel, of: row).send(in: $0) }.sent
            let mail: SendEmail = try #require(sent.first).data()
            #expect(mail.documents == label.documents)
            let texts = mail.values.texts
            #expect(texts["paperless"] == MailValues.yes && texts["handoff_code"] == "1223")
            #expect(texts["instructions"] == "Show it.")
            let text = try ReturnMessageText(record: await bench.record(id), orderNumber: "#77", hasDocument: true)
                .text(.label)
            #expect(text.contains("show the attached code") && text.contains("1223. Show it."))
        }
    }

    @Test(
        "without one the label is what it was, and the return says why",
        arguments: [("null", false), (#"{"href":"http://ss/sorry"}"#, false), ("null", true)])
    func missing(given: String, isRefused: Bool) async throws {
        try await ReturnsBench.run { bench in
            let (id, label) = try await buy(Self.label(given), bench, isRefused: isRefused)
            #expect(!isRefused || label.paperless?.missing == "No codes here.")
            #expect(label.documents.count == 1 && label.paperless?.missing != nil)
            #expect(label.mailTexts["paperless"] == nil && label.mailTexts["instructions"] == nil)
            let told = try await bench.record(id).timeline?.first { $0.type == "return.label_bought" }
            #expect(told?.summary.contains("has to be printed") == true)
        }
    }
}
