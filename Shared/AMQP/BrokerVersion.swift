/// What a broker says of itself at log-in.
struct BrokerVersion: Equatable {
    let product: String
    let version: String

    /// LIMIT: the first with dead-lettering that loses nothing (`at-least-once`) and with the arguments that the queues
    /// are declared with.
    private static let oldest = (major: 3, minor: 10)

    init(_ properties: [String: AMQPValue]) {
        product = properties["product"]?.string ?? "a broker"
        version = properties["version"]?.string ?? "of no version"
    }

    /// - Throws: ``AMQPError`` `unsupportedBroker`, also where the version cannot be read.
    func check() throws(AMQPError) {
        let numbers = version.prefix { $0.isNumber || $0 == "." }.split(separator: ".").prefix(2).compactMap { Int($0) }
        let isSupported = product == "RabbitMQ" && numbers.count == 2 && (numbers[0], numbers[1]) >= Self.oldest
        guard !isSupported else { return }
        throw AMQPError(
            .unsupportedBroker,
            "the broker is \(product) \(version): RabbitMQ \(Self.oldest.major).\(Self.oldest.minor) or later is needed",
            .doNotRetry)
    }
}
