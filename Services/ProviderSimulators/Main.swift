import Foundation

@main
enum ProviderSimulators {
    /// What `sysexits.h` calls a configuration error.
    private static let configurationErrorCode: Int32 = 78

    static func main() async {
        do {
            let settings = try SettingReader(environment: ProcessInfo.processInfo.environment)
            try await SimulatorsService(SimulatorConfiguration(settings, startedAt: SimulatorTime().now())).run()
        } catch let error as SettingError {
            stop("provider-simulators: \(error.message)", configurationErrorCode)
        } catch {
            stop("provider-simulators: \(error)", 1)
        }
    }

    private static func stop(_ line: String, _ code: Int32) -> Never {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
        exit(code)
    }
}
