import ArgumentParser
import Commerce
import Foundation

/// So many of something: `SKU=QUANTITY`, or `line:ID=QUANTITY` of a line of the order.
struct QuantityArgument: ExpressibleByArgument {
    private static let linePrefix = "line:"

    let name: String
    let quantity: Int

    init?(argument: String) {
        guard let mark = argument.lastIndex(of: "="), mark > argument.startIndex,
            let quantity = Int(argument[argument.index(after: mark)...])
        else { return nil }
        name = String(argument[..<mark])
        self.quantity = quantity
    }

    /// As a line of a return.
    var line: JSONValue {
        guard name.hasPrefix(Self.linePrefix) else { return goods }
        return .object([
            "line_id": .string(String(name.dropFirst(Self.linePrefix.count))), "quantity": .number(Decimal(quantity)),
        ])
    }

    /// As goods of the shop.
    var goods: JSONValue { .object(["sku": .string(name), "quantity": .number(Decimal(quantity))]) }
}
