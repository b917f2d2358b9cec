import ArgumentParser
import Foundation

@main
enum Main {
    static func main() async {
        do {
            var command = try StatesetCommand.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as CLIError {
            FileHandle.standardError.write(Data("stateset: \(error.message)\n".utf8))
            exit(1)
        } catch {
            // Usage errors and --help end here, with the exit code of each.
            StatesetCommand.exit(withError: error)
        }
    }
}
