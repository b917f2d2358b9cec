import ArgumentParser

struct DevCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev", abstract: "The development stack (deploy/dev up).",
        subcommands: [DevClockCommand.self, DevDemoCommand.self])
}
