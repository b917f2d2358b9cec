import Foundation
import Logging

/// One JSON object a line on standard output.
struct JSONLogHandler: LogHandler {
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.notice
    private let label: String
    private let now: @Sendable () -> Date

    init(label: String, now: @escaping @Sendable () -> Date) {
        self.label = label
        self.now = now
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = JSONObject([
            ("at", .string(Timestamps.utc(now()))),
            ("level", .string(event.level.rawValue)),
            ("logger", .string(label)),
            ("message", .string(event.message.description)),
        ])
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
            line[key] = .string(value.description)
        }
        FileHandle.standardOutput.write(Data(JSON.object(line).bytes + [0x0A]))
    }
}
