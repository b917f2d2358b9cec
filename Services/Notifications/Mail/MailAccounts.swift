import Commerce
import Messaging
import Providers

/// How handlers reach a workspace's mail server and Slack, and the files that mails carry.
///
/// Asked before every call, so that changed settings count.
/// *Failure*: ``ProviderFailure`` `refused` with `provider_not_configured` where the workspace has none.
struct MailAccounts: Sendable {
    var smtp: @Sendable (WorkspaceID) async throws -> (settings: SMTPSettings, client: SMTPClient)
    var slack: @Sendable (WorkspaceID) async throws -> SlackClient
    var documents: @Sendable ([DocumentID], WorkspaceID) async throws -> [Document]
}
