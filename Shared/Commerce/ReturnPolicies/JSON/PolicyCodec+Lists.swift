extension PolicyCodec {
    /// LIMIT: room for every SKU of a large clearance sale; longer lists are a tag or a collection.
    private static var elementsMax: Int { 10_000 }

    /// A list; elements with problems are left out after they have been reported.
    static func list<Element>(_ element: PolicyCodec<Element>) -> PolicyCodec where Value == [Element] {
        PolicyCodec(
            read: { json, readings in
                guard case .list(let items) = json else {
                    readings.reportKind("a list", found: json)
                    return nil
                }
                guard items.count <= elementsMax else {
                    readings.report(.tooMany, "There are \(items.count) elements; use at most \(elementsMax).")
                    return nil
                }
                return items.enumerated().compactMap { index, item in
                    readings.inElement(index) { element.read(item, &$0) }
                }
            },
            write: { .list($0.map(element.write)) }, shape: .list(element.shape))
    }

    /// An object whose member names are data, e.g. grades; in the order of the names.
    static func named<Element>(_ element: PolicyCodec<Element>) -> PolicyCodec where Value == [String: Element] {
        PolicyCodec(
            read: { json, readings in
                guard case .object(let members) = json else {
                    readings.reportKind("an object", found: json)
                    return nil
                }
                var values: [String: Element] = [:]
                for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                    values[name] = readings.inMember(name) { element.read(member, &$0) }
                }
                return values
            },
            write: { .object($0.mapValues(element.write)) }, shape: .named(element.shape))
    }

    /// Reads as the codec does, and turns the value into another that may be refused.
    /// - Parameter shape: where it says more than the codec's own.
    static func mapping<Source>(
        _ codec: PolicyCodec<Source>, orElse code: ReturnPolicyProblem.Code,
        _ message: @escaping @Sendable (Source) -> String,
        read: @escaping @Sendable (Source) -> Value?, write: @escaping @Sendable (Value) -> Source,
        shape: PolicyShape? = nil
    ) -> PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                guard let source = codec.read(json, &readings) else { return nil }
                guard let value = read(source) else {
                    readings.report(code, message(source))
                    return nil
                }
                return value
            },
            write: { codec.write(write($0)) }, shape: shape ?? codec.shape)
    }
}
