/// Metric and label names in the characters Prometheus allows.
enum MetricName {
    /// `orders.received` becomes `orders_received`; a suffix is added unless the name already ends in it.
    static func of(_ label: String, suffix: String = "") -> String {
        let name = sanitised(label)
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    static func labels(_ dimensions: [(String, String)], and extra: [(String, String)] = []) -> String {
        let pairs = (dimensions.map { (sanitised($0.0), $0.1) } + extra).map { "\($0.0)=\"\(escaped($0.1))\"" }
        return pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}"
    }

    private static func sanitised(_ label: String) -> String {
        let name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return name.first?.isNumber == false ? name : "_" + name
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
