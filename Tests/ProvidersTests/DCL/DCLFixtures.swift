@testable import Providers

func dcl(_ http: ScriptedHTTPClient) throws -> DCLClient {
    DCLClient(settings: try dclSettings(), http: http, gate: OpenGate())
}

func orderNumber(_ text: String) throws -> DCLOrderNumber {
    guard let number = DCLOrderNumber(text) else { throw NothingFailed() }
    return number
}

func dclDraft(_ number: String = "SO10045") throws -> DCLOrderDraft {
    let address = DCLAddress(
        attention: "Ana Ruiz", address1: "92 Chestnut St", city: "Louisville", stateProvince: "KY",
        postalCode: "40202", countryCode: "US")
    let line = DCLOrderDraft.Line(lineNumber: 1, itemNumber: "MIE-ROBE-S", quantity: 2, price: "74.50")
    var draft = DCLOrderDraft(orderNumber: try orderNumber(number), shippingAddress: address, lines: [line])
    draft.poNumber = "1001"
    return draft
}

func dclOrders(_ orders: String...) -> ScriptedHTTPClient.Step {
    .answer(200, #"{"error_code":0,"error_message":"","orders":[\#(orders.joined(separator: ","))]}"#)
}
