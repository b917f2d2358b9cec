/// A body of `application/x-www-form-urlencoded`; nested names have brackets: `metadata[rma_id]`.
struct StripeForm: Equatable {
    private(set) var pairs: [(String, String)] = []

    init(_ pairs: [(String, String)] = []) {
        self.pairs = pairs
    }

    mutating func add(_ name: String, _ value: String?) {
        if let value { pairs.append((name, value)) }
    }

    mutating func add(_ name: String, _ value: Bool?) {
        add(name, value.map { $0 ? "true" : "false" })
    }

    /// In the order of the names, so that the same values always give the same bytes: Stripe compares them.
    mutating func add(_ name: String, _ members: [String: String]) {
        for (key, value) in members.sorted(by: { $0.key < $1.key }) { add("\(name)[\(key)]", value) }
    }

    var bytes: [UInt8] { Array(PercentEncoding.query(pairs).dropFirst().utf8) }

    static func == (left: StripeForm, right: StripeForm) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }
}
