import Commerce
import Providers

/// How handlers reach a workspace's shop. Asked before every call, so that changed settings count.
///
/// *Failure*: ``ProviderFailure`` `refused` where the shop is not configured, with what to do about it.
struct ProviderAccounts: Sendable {
    var shopify: @Sendable (WorkspaceID) async throws -> ShopifyClient
}
