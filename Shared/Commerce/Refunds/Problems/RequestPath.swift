/// Where something is in a request, e.g. `order.lines[0].discount`; written out only when it is shown.
struct RequestPath: CustomStringConvertible {
    private let list: String
    private let index: Int?
    private let field: String

    /// A field of an entry of a list; without a field, the entry.
    init(_ list: String, _ index: Int, _ field: String = "") {
        self.list = list
        self.index = index
        self.field = field
    }

    init(_ field: String) {
        list = ""
        index = nil
        self.field = field
    }

    var description: String {
        guard let index else { return field }
        return field.isEmpty ? "\(list)[\(index)]" : "\(list)[\(index)].\(field)"
    }
}
