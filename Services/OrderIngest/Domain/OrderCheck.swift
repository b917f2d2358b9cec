import Commerce
import Messaging

/// What keeps an order from going on. Pure.
enum OrderCheck {
    /// - Parameter unmappedSKUs: those without an item in the ERP.
    /// - Returns: the code of the most important obstacle and a sentence for each; nil for an order that may go on.
    static func obstacle(document: CanonicalOrder, hold: OrderHold?, unmappedSKUs: [String]) -> Refusal? {
        let obstacles =
            [hold?.refusal].compactMap(\.self)
            + document.problems.map { Refusal(code: $0.code.rawValue, message: $0.message) }
            + unmappedSKUs.map(unmapped)
        guard let first = obstacles.first else { return nil }
        return Refusal(code: first.code, message: obstacles.map(\.message).joined(separator: " "))
    }

    static let unmappedSKU = "unmapped_sku"

    static func unmapped(_ sku: String) -> Refusal {
        Refusal(
            code: unmappedSKU,
            message: "No item of NetSuite has the SKU '\(sku)': create it there, or correct the SKU in the shop; "
                + "then release the order.")
    }
}

extension CanonicalOrder {
    /// The SKUs that have to be items of the ERP, each once, sorted.
    var skus: [String] {
        Set(lines.map(\.sku)).filter { !$0.allSatisfy(\.isWhitespace) }.sorted()
    }
}
