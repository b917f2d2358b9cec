import Foundation

/// `.stateset/dev.env`: what the dev stack of this checkout wrote down, as lines `KEY=value`.
enum DevEnvironmentFile {
    /// The variables of the nearest one, from the folder upwards; none where there is no such file.
    static func variables(from folder: URL) -> [String: String] {
        var folder = folder.standardizedFileURL
        while true {
            let file = folder.appending(path: ".stateset/dev.env")
            if let text = try? String(contentsOf: file, encoding: .utf8) { return parse(text) }
            let parent = folder.deletingLastPathComponent()
            guard parent.path != folder.path else { return [:] }
            folder = parent
        }
    }

    static func parse(_ text: String) -> [String: String] {
        var variables: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
        }
        return variables
    }
}
