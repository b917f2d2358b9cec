import ArgumentParser
import Foundation

struct DevDemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Sends a few orders through the dev stack and shows how they travel.",
        discussion: "Leaves no setting behind in the simulators. Exits with 1 unless every order ends as it should.")

    func run() async throws {
        let environment = CLIEnvironment.current
        var display = DemoDisplay(environment)
        display.say("Four orders in the simulated shop: two simple ones, one in two packages, one that is refused.\n")
        let result = try await CLIError.explaining {
            try await InterruptGuard.run {
                var demo = try DemoRun(environment)
                return try await demo.run()
            } onInterrupt: {
                try? await SimulatorClient(environment).stopRefusing()
            }
        }
        for line in DemoEpilogue.lines(result, environment, .terminal(environment.variables)) { display.say(line) }
    }
}
