import Foundation
import Messaging

/// The histories of a saga that every build has to replay: one file each, in a folder beside the test that asks for them.
///
/// One that is there is never written again: it is what older builds have left behind. Ways that have none are written
/// down where the environment says `STATESET_RECORD_GOLDEN=1`, and committed with the saga.
public struct GoldenHistories {
    private let definition: SagaDefinition
    private let folder: URL

    public init(_ definition: SagaDefinition, beside file: String = #filePath) {
        self.definition = definition
        folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden/\(definition.name)")
    }

    /// Replays all of them, after having written down the straight way and each refusal where they are recorded.
    /// - Throws: where there is none.
    /// - Returns: what is wrong, a line for each history; empty when all is well.
    public func replay() throws -> [String] {
        if Self.areRecorded {
            for journey in try SagaExplorer(definition).explore() where [nil, .refusal].contains(journey.trouble) {
                try keep(journey.history, as: Self.name(of: journey))
            }
        }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        guard !files.isEmpty else { throw CocoaError(.fileNoSuchFile) }
        return try files.compactMap { file in
            let history: SagaHistory = try RawJSON(bytes: Array(Data(contentsOf: file))).decode()
            do {
                try history.replay(by: definition)
                return nil
            } catch {
                return "\(file.lastPathComponent): \(error)"
            }
        }
    }

    /// A way that ``SagaExplorer`` does not go by itself, as it stands now.
    public func keep(_ saga: SagaScenario, as name: String) throws { try keep(saga.recorded, as: name) }

    private func keep(_ history: SagaHistory, as name: String) throws {
        guard Self.areRecorded else { return }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "\(name).json")
        guard !FileManager.default.fileExists(atPath: file.path) else { return }
        try Data(RawJSON(encoding: history).bytes).write(to: file)
    }

    private static func name(of journey: SagaExplorer.Journey) -> String {
        journey.path.map { "refused-at-\($0.replacingOccurrences(of: "/", with: "-"))" } ?? "straight"
    }

    private static var areRecorded: Bool { ProcessInfo.processInfo.environment["STATESET_RECORD_GOLDEN"] == "1" }
}
