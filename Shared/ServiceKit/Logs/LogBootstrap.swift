import Logging
import Messaging

/// Sets up swift-log for the process: JSON lines on standard output.
enum LogBootstrap {
    /// To be called once, before the first logger is made.
    static func start(service: String, level: Logger.Level) {
        LoggingSystem.bootstrap(
            { label, provider in
                JSONLogHandler(
                    service: service, label: label, logLevel: level, metadataProvider: provider,
                    sink: StandardOutput.shared.write(line:))
            },
            metadataProvider: LogContext.metadataProvider)
    }
}
