import Commerce
import HTTPTransport
import Messaging
import ProviderGates
import Providers
import ServiceKit

extension MailAccounts {
    init(_ context: ServiceContext, mail: any MailClient) {
        let gates = ProviderGates(pool: context.postgres, logger: context.logger)
        smtp = { workspace in
            let settings = try await Self.settings(SMTPSettings.self, of: workspace, context)
            return (settings, SMTPClient(settings: settings, mail: mail))
        }
        slack = { workspace in
            SlackClient(
                settings: try await Self.settings(SlackSettings.self, of: workspace, context), http: context.http,
                gate: gates.gate(of: workspace))
        }
        documents = { try await DocumentStore.find($0, of: $1, in: context.postgres) }
    }

    private static func settings<S: ProviderSettings>(
        _ type: S.Type, of workspace: WorkspaceID, _ context: ServiceContext
    ) async throws -> S {
        do {
            return try await context.providerSettings.settings(type, provider: type.provider, workspace: workspace)
        } catch let error as ProviderSettingsError {
            throw ProviderFailure(error)
        }
    }
}
