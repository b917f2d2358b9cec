import Commerce
import Foundation
import HTTPTransport
import Providers
import Testing

@Suite("Returns in NetSuite, the client against the simulator")
struct NetSuiteReturnClientTests {
    @Test("authorization, receipt and credit: each is made once although its first answer is lost")
    func lostAnswers() async throws {
        try await SimulatedHTTP.run { http in
            let erp = try NetSuiteClient.simulated(http)
            let order = try await erp.shippedOrder()
            let authorization = try await http.losing("netsuite", "POST", "*/!transform/returnAuthorization") {
                try await erp.authorizeReturn(
                    salesOrder: order, NetSuiteReturnDraft(externalID: "ret-1", quantities: [1: 2]))
            }
            #expect(authorization == .existed(authorization.id))
            _ = try await http.losing("netsuite", "POST", "*/!transform/itemReceipt") {
                try await erp.receiveReturn(
                    authorization: authorization.id,
                    NetSuiteReceiptDraft(externalID: "rcpt-1", lines: [1: .init(quantity: 2, restock: true)]))
            }
            let credit = NetSuiteCreditDraft(externalID: "cm-1", lines: [1: .init(quantity: 2, amount: "139.00")])
            let memo = try await http.losing("netsuite", "POST", "*/!transform/creditMemo") {
                try await erp.creditReturn(authorization: authorization.id, credit)
            }
            #expect(try await erp.creditMemo(externalID: "cm-1") == memo.id)
            #expect(try await erp.returnAuthorization(externalID: "ret-1")?.status == .refunded)
            let state = try await http.state("netsuite")
            for collection in ["returnAuthorizations", "itemReceipts", "creditMemos"] {
                #expect(state.count(collection) == 1, "\(collection)")
            }
        }
    }

    @Test("an authorization is undone, and undone again without harm")
    func cancel() async throws {
        try await SimulatedHTTP.run { http in
            let erp = try NetSuiteClient.simulated(http)
            let order = try await erp.shippedOrder()
            let id = try await erp.authorizeReturn(
                salesOrder: order, NetSuiteReturnDraft(externalID: "ret-1", quantities: [1: 1])
            ).id
            try await http.losing("netsuite", "PATCH", "*/returnAuthorization/*") {
                try await erp.cancelReturnAuthorization(id)
            }
            #expect(try await erp.returnAuthorization(id).status == .closed)
        }
    }
}

@Suite("Returns at the warehouse, the client against the simulator")
struct DCLReturnClientTests {
    @Test("a return is announced once although the answer is lost, received by unit, and cancelled never after")
    func life() async throws {
        try await SimulatedHTTP.run { http in
            let warehouse = try DCLClient.simulated(http)
            let number = try #require(DCLOrderNumber("RA10045"))
            let draft = DCLReturnDraft(
                number: number,
                address: DCLAddress(
                    attention: "Ana Ruiz", address1: "92 Chestnut St", city: "Louisville", countryCode: "US"),
                lines: [.init(itemNumber: "MIE-ROBE-S", quantity: 2)])
            let made = try await http.losing("dcl", "POST", "*/rmas") { try await warehouse.createReturn(draft) }
            #expect(made == .existed)
            #expect(try await http.state("dcl").count("rmas") == 1)
            try await http.control(
                "POST", "dcl/rmas/RA10045/receive",
                #"{"lines":[{"sku":"MIE-ROBE-S","quantity":1,"condition":"B"}]}"#)
            let found = try #require(try await warehouse.returnAuthorization(number))
            #expect(found.stage == .partiallyReceived)
            #expect(found.lines[0].receipts.map(\.condition) == ["B"])
            let page = try await warehouse.returns(
                modifiedSince: Date(timeIntervalSince1970: 1_772_000_000), page: 1)
            #expect(page.returns.map(\.number) == ["RA10045"] && page.isLast)
            await #expect(throws: ProviderFailure.self) { try await warehouse.cancelReturn(number) }
        }
    }

    @Test("a return is undone, and undone again without harm; its number is spent")
    func cancel() async throws {
        try await SimulatedHTTP.run { http in
            let warehouse = try DCLClient.simulated(http)
            let number = try #require(DCLOrderNumber("RA10046"))
            let draft = DCLReturnDraft(
                number: number,
                address: DCLAddress(attention: "Ana", address1: "1 Way", city: "Reno", countryCode: "US"),
                lines: [.init(itemNumber: "MIE-ROBE-S", quantity: 1)])
            #expect(try await warehouse.createReturn(draft) == .accepted)
            try await http.losing("dcl", "PUT", "*/cancel") { try await warehouse.cancelReturn(number) }
            #expect(try await warehouse.returnAuthorization(number)?.stage == .cancelled)
            await #expect(throws: ProviderFailure.self) { _ = try await warehouse.createReturn(draft) }
        }
    }
}

extension NetSuiteClient {
    /// The client of the account that the simulators hold.
    static func simulated(_ http: SimulatedHTTP) throws -> NetSuiteClient {
        let settings = try NetSuiteSettings.decode(
            Array(
                """
                {"account":"1","base_url":"\(SimulatedHTTP.origin)/netsuite","location_id":"1",
                 "consumer_key":"a","consumer_secret":"b","token_id":"c","token_secret":"d"}
                """.utf8))
        let signer = NetSuiteSigner(
            now: { Date(timeIntervalSince1970: 1_772_619_330) }, nonce: { UUIDv7.make().uuidString })
        return NetSuiteClient(settings: settings, http: http, gate: OpenGate(), signer: signer)
    }

    /// Two robes, ordered and shipped; gives the internal id.
    func shippedOrder() async throws -> String {
        let line = NetSuiteSalesOrderDraft.Line(itemID: "9001", quantity: 2, rate: "74.50", locationID: "1")
        let order = try await createSalesOrder(
            NetSuiteSalesOrderDraft(externalID: "shopify-1", customerID: "107", lines: [line]))
        _ = try await fulfill(
            salesOrder: order.id, NetSuiteShipmentDraft(externalID: "ship-1", quantities: [1: 2], packages: []))
        return order.id
    }
}

extension DCLClient {
    /// The client of the account that the simulators hold.
    static func simulated(_ http: SimulatedHTTP) throws -> DCLClient {
        let settings = try DCLSettings.decode(
            Array(
                """
                {"base_url":"\(SimulatedHTTP.origin)/dcl/api/v1","account_number":"10501","username":"u",
                 "password":"p","location":"FR","shipping_carrier":"UPS","shipping_service":"GROUND",
                 "webhook_tokens":"secret"}
                """.utf8))
        return DCLClient(settings: settings, http: http, gate: OpenGate())
    }
}
