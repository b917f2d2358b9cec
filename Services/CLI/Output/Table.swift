/// Aligned columns under a heading.
struct Table: Sendable {
    struct Cell: Sendable, Equatable {
        var text: String
        var tone: Tone

        init(_ text: String, _ tone: Tone = .plain) {
            // A line break inside a cell would break the table.
            self.text = SafeText.line(text)
            self.tone = tone
        }

        static func status(_ text: String) -> Cell { Cell(text, Tone(status: text)) }
    }

    var headings: [String]
    var rows: [[Cell]]

    func lines(_ style: Style) -> [String] {
        let heading = headings.map { Cell($0.uppercased(), .quiet) }
        let widths = headings.indices.map { column in
            ([heading] + rows).map { $0[column].text.count }.max() ?? 0
        }
        return ([heading] + rows).map { row in
            let cells = zip(row, widths).enumerated().map { position, cell in
                let isLast = position == row.count - 1
                let padding = String(repeating: " ", count: isLast ? 0 : cell.1 - cell.0.text.count)
                return style(cell.0.text, cell.0.tone) + padding
            }
            return cells.joined(separator: "  ")
        }
    }
}
