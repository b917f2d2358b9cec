import Commerce
import Foundation

/// A page of the API as a table.
struct ListView: Sendable {
    struct Column: Sendable {
        var heading: String
        var cell: @Sendable (JSONValue) -> Table.Cell

        /// The member as it is, `-` where it is null.
        static func text(_ heading: String, _ member: String? = nil) -> Column {
            Column(heading: heading) { .init($0[member ?? heading]?.text ?? "-") }
        }

        static func status(_ member: String = "status") -> Column {
            Column(heading: member) { .status($0[member]?.text ?? "-") }
        }

        static func time(_ heading: String, _ member: String) -> Column {
            Column(heading: heading) { .init(Moment.text($0[member]?.text), .quiet) }
        }
    }

    var columns: [Column]
    /// What to say of an empty list.
    var none: String

    func lines(_ page: [UInt8], _ style: Style) throws -> [String] {
        let page = try JSONDecoder().decode(JSONValue.self, from: Data(page))
        guard case .array(let items)? = page["data"], !items.isEmpty else { return [none] }
        let table = Table(
            headings: columns.map(\.heading), rows: items.map { item in columns.map { $0.cell(item) } })
        guard let cursor = page["next_cursor"]?.text else { return table.lines(style) }
        return table.lines(style) + [style("more: --cursor \(cursor)", .quiet)]
    }
}
