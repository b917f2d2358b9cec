import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Labels at ShipStation")
struct LabelClientTests {
    private func draft() throws -> ShipStationLabelDraft {
        try ShipStationLabelDraft(returnParcel(), settings: shipStationSettings())
    }

    @Test("a label is looked for before it is bought, and sent as the contract says")
    func bought() async throws {
        let http = ScriptedHTTPClient(shipStationError(404, "not_found"), .answer(200, shipStationLabelJSON()))
        let purchase = try await shipStation(http).buy(draft())
        #expect(
            http.lines == [
                "GET http://127.0.0.1:9/shipstation/v2/labels/external_shipment_id/ret-01HV7Z-1",
                "POST http://127.0.0.1:9/shipstation/v2/labels",
            ])
        #expect(http.requests.allSatisfy { $0.header("API-Key") == "ss_key" })
        let body = try json(http.body(1))
        #expect(body["is_return_label"] == true)
        #expect(body["rma_number"] == "RMA-01HV7Z")
        #expect(body["label_layout"] == "4x6")
        #expect(body["shipment"]?["external_shipment_id"] == "ret-01HV7Z-1")
        #expect(body["shipment"]?["ship_from"]?["name"] == "Ana Ruiz")
        #expect(body["shipment"]?["ship_to"]?["name"] == "Mienne Returns")
        #expect(
            body["shipment"]?["packages"]
                == [
                    [
                        "package_code": "package", "weight": ["value": try json("1.2"), "unit": "pound"],
                        "label_messages": ["reference1": "RMA-01HV7Z"],
                    ]
                ])
        guard case .bought(let label) = purchase else { throw NothingFailed() }
        #expect(label.cost?.money == (try Money(decimal: "8.47", currency: usd())))
        #expect(label.trackingNumber == "9405511899000010000001")
    }

    @Test("one that is there is taken, and none is bought")
    func existed() async throws {
        let http = ScriptedHTTPClient(.answer(200, shipStationLabelJSON()))
        let purchase = try await shipStation(http).buy(draft())
        #expect(purchase == .existed(purchase.label))
        #expect(http.requests.count == 1)
    }

    @Test("the id of a voided label is never used again")
    func voided() async throws {
        let http = ScriptedHTTPClient(.answer(200, shipStationLabelJSON(status: "voided", voided: true)))
        let failure = try await failure { try await shipStation(http).buy(draft()) }
        #expect(failure.code == "label_voided")
    }

    @Test("an id that another process took meanwhile is looked up")
    func conflict() async throws {
        let http = ScriptedHTTPClient(
            shipStationError(404, "not_found"), shipStationError(400, "identifier_conflict"),
            .answer(200, shipStationLabelJSON()))
        let purchase = try await shipStation(http).buy(draft())
        #expect(purchase == .existed(purchase.label))
    }

    @Test("a lost answer to a purchase is unknown; to the look before it, harmless")
    func lost() async throws {
        let atPurchase = ScriptedHTTPClient(
            shipStationError(404, "not_found"), .fail(.connectionLost, wasSent: true))
        guard case .unknownOutcome = try await failure({ try await shipStation(atPurchase).buy(draft()) }) else {
            throw NothingFailed()
        }
        let atLook = ScriptedHTTPClient(.fail(.connectionLost, wasSent: true))
        guard case .transient = try await failure({ try await shipStation(atLook).buy(draft()) }) else {
            throw NothingFailed()
        }
    }

    @Test("a carrier that is down is tried again; what it refuses is not")
    func errors() async throws {
        let cases: [(ScriptedHTTPClient.Step, ProviderFailure)] = [
            (
                shipStationError(400, "unknown", source: "carrier", type: "integrations"),
                .transient(code: "unknown", message: "words", retryAfter: nil)
            ),
            (
                shipStationError(400, "insufficient_funds", source: "carrier", type: "account_status"),
                .refused(code: "insufficient_funds", message: "words")
            ),
            (
                shipStationError(400, "return_label_not_supported", type: "business_rules"),
                .refused(code: "return_label_not_supported", message: "words")
            ),
            (
                .answer(429, "", ["Retry-After": "7"]),
                .transient(
                    code: "rate_limited", message: "The provider answered 429 without an explanation.",
                    retryAfter: .seconds(7))
            ),
            (shipStationError(401, "unauthorized"), .unauthorized(message: "words")),
            (shipStationError(500, "unspecified"), .unknownOutcome(code: "unspecified", message: "words")),
        ]
        for (step, expected) in cases {
            let http = ScriptedHTTPClient(shipStationError(404, "not_found"), step)
            #expect(try await failure { try await shipStation(http).buy(draft()) } == expected)
        }
    }

    @Test("a refused void comes with status 200; one that is voided already is done")
    func voids() async throws {
        func void(_ reason: String) async throws {
            let answer = #"{"approved":false,"message":"No.","reason_code":"\#(reason)"}"#
            try await shipStation(ScriptedHTTPClient(.answer(200, answer))).void("se-1")
        }
        try await void("label_already_voided")
        #expect(
            try await failure { try await void("label_already_used") }
                == .refused(code: "label_already_used", message: "No."))
        let http = ScriptedHTTPClient(.answer(200, #"{"approved":true,"message":"","reason_code":"unspecified"}"#))
        try await shipStation(http).void("se-1")
        #expect(http.lines == ["PUT http://127.0.0.1:9/shipstation/v2/labels/se-1/void"])
    }

    @Test("the document is a PDF, and the key goes to ShipStation alone")
    func documents() async throws {
        func label(_ url: String, _ status: String = "completed") throws -> ShipStationLabel {
            let text = shipStationLabelJSON(status: status).replacing("http://127.0.0.1:9/b.pdf", with: url)
            return try ProviderJSON.decode(ShipStationLabel.self, from: bytes(text))
        }
        let own = ScriptedHTTPClient(.answer(200, "%PDF-1.4 x"))
        let pdf = try await shipStation(own).document(of: label("http://127.0.0.1:9/shipstation/v2/downloads/1.pdf"))
        #expect(String(decoding: pdf, as: UTF8.self) == "%PDF-1.4 x")
        #expect(own.requests[0].header("API-Key") == "ss_key")
        let foreign = ScriptedHTTPClient(.answer(200, "%PDF-1.4 x"))
        _ = try await shipStation(foreign).document(of: label("https://cdn.example.com/1.pdf"))
        #expect(foreign.requests[0].header("API-Key") == nil)
        let inline = "data:application/pdf;base64,JVBERi0xLjQgeA=="
        let none = ScriptedHTTPClient()
        #expect(try await shipStation(none).document(of: label(inline)).count == 10)
        let plain = try await failure { try await shipStation(none).document(of: label("http://other.example/1.pdf")) }
        #expect(plain.code == "foreign_document")
        let processing = try await failure {
            try await shipStation(none).document(of: label("https://x", "processing"))
        }
        #expect(processing.code == "label_processing")
        let sorry = try await failure {
            try await shipStation(ScriptedHTTPClient(.answer(200, "<html>"))).document(of: label("https://x"))
        }
        #expect(sorry.code == "malformed_answer")
    }
}
