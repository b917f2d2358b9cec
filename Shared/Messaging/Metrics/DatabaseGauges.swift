import Commerce
import Logging
import Metrics
import ServiceLifecycle

/// Reads from the database how things stand, and shows it on `/metrics`.
///
/// Any number of replicas may run it: each shows the same. What cannot be read is tried again with the next round; until
/// then its gauges stay as they were.
public struct DatabaseGauges: Service {
    /// What one look at the database gives.
    public struct Reading: Sendable {
        let name: String
        let read: @Sendable () async throws -> [Value]

        /// - Parameter read: gives a value for each gauge each time, zero as well: one left out stays as it was.
        public init(_ name: String, read: @escaping @Sendable () async throws -> [Value]) {
            self.name = name
            self.read = read
        }
    }

    public struct Value: Sendable, Equatable {
        let name: String
        /// One more dimension, of few values that are known beforehand.
        let label: String?
        let labelValue: String
        let number: Double

        public init(_ name: String, _ number: some BinaryInteger) {
            self.init(name, Double(number))
        }

        public init(_ name: String, _ number: Double) {
            self.name = name
            label = nil
            labelValue = ""
            self.number = number
        }

        public init(_ name: String, _ label: String, _ labelValue: String, _ number: some BinaryInteger) {
            self.name = name
            self.label = label
            self.labelValue = labelValue
            self.number = Double(number)
        }

        fileprivate func record() {
            Gauge(label: name, dimensions: label.map { [($0, labelValue)] } ?? []).record(number)
        }
    }

    /// LIMIT: what is counted is counted up to here; more is as bad, and would be read at each round.
    public static let countMax = 10_000
    /// LIMIT: as often as Prometheus usually comes by; all services of an idle stack ask a few queries a second.
    private static let interval = Duration.seconds(15)

    private let readings: [Reading]
    private let logger: Logger
    private let sleep: @Sendable (Duration) async throws -> Void

    public init(
        _ readings: [Reading], logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.readings = readings
        self.logger = logger
        self.sleep = sleep
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for reading in readings where !Task.isCancelled { await show(reading) }
                // Replicas that were started together part from each other.
                try? await sleep(Self.interval * Double.random(in: 0.8...1.2))
            }
        }
    }

    private func show(_ reading: Reading) async {
        do {
            for value in try await reading.read() { value.record() }
        } catch {
            logger.warning(
                "metrics will be read again", metadata: ["reading": "\(reading.name)", "error": "\(error)"])
        }
    }
}
