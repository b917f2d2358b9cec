import Foundation
import Testing

@Suite("Command handlers")
struct CommandHandlerTests {
    /// A command that nobody handles would come back from its queue until it is a dead letter.
    @Test("the owner of every command registers one handler for it")
    func everyCommandIsHandled() {
        let commands = Sources.all.filter { $0.path.hasPrefix("Shared/Contracts/") }.flatMap(Self.commands)
        #expect(commands.count > 50)
        // The coordinator knows its own commands by their names; its tests send each of them.
        for (owner, names) in Dictionary(grouping: commands, by: \.owner).mapValues({ $0.map(\.name) })
        where owner != "sagaCoordinator" {
            let folder = "Services/\(owner.prefix(1).uppercased())\(owner.dropFirst())/"
            let lines = Sources.all.filter { $0.path.hasPrefix(folder) }.flatMap(\.lines)
            let registered = Set(lines.flatMap(Self.registrations))
            let handlers = Self.handlers(in: lines).filter { registered.contains($0.type) }
            for name in names {
                let own = handlers.filter { $0.command == name }.map(\.type)
                #expect(own.count == 1, "\(owner) registers \(own) for \(name)")
            }
        }
    }

    private static func commands(in file: SourceFile) -> [(name: String, owner: String)] {
        zip(file.lines, file.lines.dropFirst()).compactMap { line, next in
            guard let name = line.firstMatch(of: /^public struct (\w+): Command \{/)?.1,
                let owner = next.firstMatch(of: /static let owner = ServiceName\.(\w+)/)?.1
            else { return nil }
            return (String(name), String(owner))
        }
    }

    private static func registrations(in line: Substring) -> [String] {
        guard line.contains(".command(") || line.contains(".effect(") else { return [] }
        return line.matches(of: /\.(?:command|effect)\((\w+)\(/).map { String($0.1) }
    }

    /// Each type that handles commands or effects, with the command that it is handed.
    private static func handlers(in lines: [Substring]) -> [(type: String, command: String)] {
        var type = ""
        return lines.compactMap { line in
            if let found = line.firstMatch(of: /^struct (\w+)/) { type = String(found.1) }
            guard
                line.hasPrefix("    typealias Message = ") || line.contains(" _ command: ")
                    || line.contains("(_ command: "),
                let command = line.firstMatch(of: /^    typealias Message = (\w+)$/)?.1
                    ?? line.firstMatch(of: /^ .*func handle\(_ command: (\w+)/)?.1
                    ?? line.firstMatch(of: /^        _ command: (\w+), in transaction/)?.1
            else { return nil }
            return (type, String(command))
        }.uniqued
    }
}

extension Sequence where Element == (type: String, command: String) {
    /// An effect's handler names its command more than once.
    fileprivate var uniqued: [Element] {
        var seen: Set<String> = []
        return filter { seen.insert("\($0.type) \($0.command)").inserted }
    }
}
