extension String {
    // LIMIT: longer than any number or item of the warehouse's.
    private static let warehouseTextMax = 100

    /// What the warehouse calls something: one line that every store, log and message takes, however it is written there.
    var asWarehouseText: String { plainLine(upTo: Self.warehouseTextMax) }

    /// One line of at most so many characters; what is no text is U+FFFD.
    func plainLine(upTo max: Int) -> String {
        let isPlain = unicodeScalars.count <= max && !unicodeScalars.contains { !$0.isPlain }
        guard !isPlain else { return self }
        let scalars = unicodeScalars.prefix(max).map { $0.isPlain ? $0 : "\u{FFFD}" }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension Unicode.Scalar {
    /// Neither a control character nor one that breaks or turns a line.
    fileprivate var isPlain: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
