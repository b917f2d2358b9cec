import Foundation

/// The project's own Swift files, read as text.
struct SourceFile: Sendable {
    /// From the root: `Shared/Messaging/Envelope.swift`.
    let path: String
    let lines: [Substring]

    var module: String {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[1]) : path
    }

    var isService: Bool { path.hasPrefix("Services/") }

    /// Line numbers (from 1) and text of the lines that match, comments left out.
    func lines(matching pattern: some RegexComponent) -> [String] {
        lines.enumerated().compactMap { index, line in
            let code = line.trimmingPrefix(while: \.isWhitespace)
            guard !code.hasPrefix("//"), line.firstMatch(of: pattern) != nil else { return nil }
            return "\(path):\(index + 1): \(code)"
        }
    }

    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else { return nil }
            return words[index + 1].split(separator: ".").first.map(String.init)
        }
    }
}

enum Sources {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let all: [SourceFile] = ["Shared", "Services"].flatMap(files)

    private static func files(in folder: String) -> [SourceFile] {
        let base = root.appending(path: folder)
        let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        let urls = (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
        return urls.compactMap { url in
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
            let path = String(url.path.dropFirst(root.path.count)).trimmingPrefix("/")
            return SourceFile(path: String(path), lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }
}
