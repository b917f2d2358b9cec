import Foundation

/// ReturnTrak: announced returns.
extension DCLSimulator {
    private static let types: Set<String> = [
        "T01", "T02", "T03", "T11", "T12", "T13", "T21", "T22", "T23", "T24", "T25", "T26", "T31", "T32", "T33", "T81",
        "T82", "T99",
    ]

    mutating func createReturn(_ call: Call) throws -> SimulatedResponse {
        var object = call.request.json.object ?? JSONObject()
        try Self.checked { () throws(DCLError) in try checkReturn(DCLFields(object: object)) }
        let number = object["rma_number"]?.scalarText ?? "RMA\(returnNumber.take())"
        guard !returns.contains(where: { $0["rma_number"].string == number }) else {
            throw DCLError(code: 1002, message: "RMA number '\(number)' already exists.").refusal()
        }
        object["rma_number"] = .string(number)
        returns.append(.object(object))
        return .dcl(JSONObject([("rma_number", .string(number))]), status: 201)
    }

    mutating func listReturns(_ call: Call) throws -> SimulatedResponse {
        let page = try DCLPage(call.request, sizeMax: 100)
        return .dcl(JSONObject([("rmas", .array(Array(page.slice(returns))))]))
    }

    private func checkReturn(_ fields: DCLFields) throws(DCLError) {
        try fields.optional("rma_number", max: 25)
        try fields.optional("original_order_number", max: 25)
        try fields.optional("comments", max: 255)
        try fields.optional("shipping_instructions", max: 255)
        guard fields.object["shipping_address"]?.object != nil else { throw .required("shipping_address") }
        guard Self.types.contains(try fields.required("rma_type", max: 3)) else {
            throw .invalid("rma_type", "it is not a known type")
        }
        _ = try fields.required("disposition", max: 3)
        for (index, line) in (fields.object["lines"]?.array ?? []).enumerated() {
            let line = DCLFields(object: line.object ?? JSONObject(), path: "lines[\(index)].")
            _ = try line.required("item_number", max: 35)
            _ = try line.positive("quantity")
        }
    }
}
