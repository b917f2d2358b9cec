import Commerce
import Contracts
import Messaging
import Views

/// Units of one line as somebody at the dock names them: by the order's line, or by their SKU.
struct DockLine: Sendable {
    var lineID: String?
    var sku: String?
    var quantity: Int
    /// Where it stands in the request.
    var field: String

    // LIMIT: more lines than a parcel has.
    private static let countMax = 250
    private static let skuMax = 100

    /// Failure: 422.
    static func checkCount(_ count: Int, _ field: String = "lines") throws(Problem) {
        guard count > 0 else { throw .invalid(field, "Name at least one line.") }
        guard count <= countMax else { throw .invalid(field, "It must hold at most \(countMax) lines.") }
    }

    /// Failure: 422 with the field that is wrong.
    func checkQuantity() throws(Problem) {
        guard quantity > 0 else {
            throw Problem(422, "bad_quantity", "Give a quantity of one or more.", field: "\(field).quantity")
        }
        guard quantity <= ReturnRequest.unitsMax else {
            throw Problem(
                422, "bad_quantity", "Give a quantity of at most \(ReturnRequest.unitsMax).",
                field: "\(field).quantity")
        }
    }

    /// The line of the order; whether the return has it is decided by its owner.
    func line(of record: ReturnRecord) throws(Problem) -> String {
        if let lineID { return lineID }
        guard let sku else { throw .invalid("\(field).line_id", "Give 'line_id' or 'sku'.") }
        let lines = Set(record.lines.filter { $0.sku == sku }.map(\.lineID))
        guard let line = lines.first else {
            throw Problem(422, "unknown_sku", "The return has no '\(sku)'.", field: "\(field).sku")
        }
        guard lines.count == 1 else {
            throw Problem(
                422, "ambiguous_sku", "The return has several lines of '\(sku)'; give 'line_id'.",
                field: "\(field).sku")
        }
        return line
    }

    /// What came beside what was expected, also more of what was.
    func extraSKU(in record: ReturnRecord) throws(Problem) -> String {
        if let sku {
            guard !sku.isEmpty, sku.count <= Self.skuMax else {
                throw .invalid("\(field).sku", "It must have 1 to \(Self.skuMax) characters.")
            }
            return sku
        }
        guard let lineID else { throw .invalid("\(field).sku", "Give the 'sku' of what came beside the rest.") }
        guard let line = record.lines.first(where: { $0.lineID == lineID }) else {
            throw Problem(422, "unknown_line", "The return has no line '\(lineID)'.", field: "\(field).line_id")
        }
        return line.sku
    }
}
