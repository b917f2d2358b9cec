import Commerce
import ProviderGates
import Providers
import ServiceKit

extension ProviderAccounts {
    init(_ context: ServiceContext) {
        let gates = ProviderGates(pool: context.postgres, logger: context.logger)
        netSuite = { workspace in
            let settings = try await context.settings(NetSuiteSettings.self, of: workspace)
            return NetSuiteClient(settings: settings, http: context.http, gate: gates.gate(of: workspace))
        }
        dcl = { workspace in
            let settings = try await context.settings(DCLSettings.self, of: workspace)
            return DCLClient(settings: settings, http: context.http, gate: gates.gate(of: workspace))
        }
    }
}

extension ServiceContext {
    fileprivate func settings<Settings: ProviderSettings>(
        _ type: Settings.Type, of workspace: WorkspaceID
    ) async throws -> Settings {
        do {
            return try await providerSettings.settings(type, provider: type.provider, workspace: workspace)
        } catch let error as ProviderSettingsError {
            throw ProviderFailure(error)
        }
    }
}
