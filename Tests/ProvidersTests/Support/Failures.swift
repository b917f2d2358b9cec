import Commerce
import Providers

/// Runs what must fail at the provider, and gives the failure.
func failure<Value>(_ body: () async throws -> Value) async throws -> ProviderFailure {
    do {
        _ = try await body()
    } catch let failure as ProviderFailure {
        return failure
    }
    throw NothingFailed()
}

struct NothingFailed: Error {}
