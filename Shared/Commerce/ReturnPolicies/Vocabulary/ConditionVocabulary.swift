/// Every field that a condition may name.
public enum ConditionVocabulary {
    public static let fields = customer + order + product + ofReturn

    public static func field(_ name: String) -> ConditionField? { byName[name] }

    static let names = fields.map(\.name)

    private static let byName = Dictionary(fields.map { ($0.name, $0) }) { first, _ in first }
}
