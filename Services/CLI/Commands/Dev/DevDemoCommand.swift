import ArgumentParser
import Foundation

struct DevDemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Sends orders and returns through the dev stack and shows how they travel.",
        discussion: "Leaves no setting behind in the simulators. Exits with 1 unless each ends as it should.")

    func run() async throws {
        let environment = CLIEnvironment.current
        let display = DemoDisplay.orders(environment)
        display.say("Four orders in the simulated shop: two simple ones, one in two packages, one that is refused.\n")
        let result = try await CLIError.explaining {
            try await InterruptGuard.run {
                var demo = try DemoRun(environment)
                return try await demo.run()
            } onInterrupt: {
                try? await SimulatorClient(environment).stopRefusing()
            }
        }
        display.say("\nTwo customers return something: one gets her money back, one changes her mind.\n")
        let returns = try await CLIError.explaining {
            var run = try DemoReturnsRun(environment)
            return try await run.run(after: result)
        }
        for line in DemoEpilogue.lines(result, returns, environment, .terminal(environment.variables)) {
            display.say(line)
        }
    }
}
