import Foundation
import Messaging
import Sagas

/// The histories that every build has to replay, a folder for each saga. One that is there is never written again: it is
/// what older builds have left behind.
enum GoldenHistories {
    /// Whether tests write down the ways that have no history yet.
    static var areRecorded: Bool { ProcessInfo.processInfo.environment["STATESET_RECORD_GOLDEN"] == "1" }

    static func files(of saga: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder(of: saga), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
    }

    /// A way that the explorer does not go by itself, as it stands now.
    static func keep(_ saga: SagaScenario, as name: String) throws {
        try keep(saga.recorded, as: name, of: saga.recorded.saga.name)
    }

    static func keep(_ history: SagaHistory, as name: String, of saga: String) throws {
        guard areRecorded else { return }
        let folder = folder(of: saga)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "\(name).json")
        guard !FileManager.default.fileExists(atPath: file.path) else { return }
        try Data(RawJSON(encoding: history).bytes).write(to: file)
    }

    private static func folder(of saga: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(saga)")
    }
}
