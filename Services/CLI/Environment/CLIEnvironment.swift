import Commerce
import Foundation
import ServiceKit

/// What the command line knows of its surroundings: the process's variables, and the dev stack's where those are unset.
struct CLIEnvironment: Sendable {
    let variables: [String: String]

    init(process: [String: String], devFile: [String: String]) {
        variables = devFile.merging(process.filter { !$0.value.isEmpty }) { $1 }
    }

    /// The surroundings of this process.
    static var current: CLIEnvironment {
        let process = ProcessInfo.processInfo
        let folder = URL(filePath: FileManager.default.currentDirectoryPath)
        return CLIEnvironment(process: process.environment, devFile: DevEnvironmentFile.variables(from: folder))
    }

    /// Settings that services share, `…_FILE` included.
    var settings: SettingsReader { SettingsReader(environment: variables) }

    var isDevelopment: Bool { variables["STATESET_DEV"] == "1" }

    /// Failure: `CLIError` that names the variable.
    func require(_ name: String) throws -> String {
        guard let value = variables[name], !value.isEmpty else {
            throw CLIError(
                "\(name) is not set: set it, or run this below a folder whose .stateset/dev.env has it (deploy/dev up)")
        }
        return value
    }

    /// The workspace that is asked for, else the one of the surroundings.
    func workspace(_ given: String?) throws -> WorkspaceID {
        let text = try given ?? require("STATESET_WORKSPACE")
        guard let id = WorkspaceID(text) else {
            throw CLIError("'\(text)' is not a workspace: ws_ and 32 hexadecimal digits")
        }
        return id
    }
}
