import Commerce
import HTTPTransport

enum DCLErrorWords {
    static func read(_ response: HTTPResponse) -> ProviderWords {
        guard let status = try? ProviderJSON.decode(DCLStatus.self, from: response.body), !status.isSuccess else {
            return ProviderWords(status: response.status)
        }
        return status.words
    }

    /// A refusal inside an answer of status 2xx.
    static func exception(_ response: HTTPResponse, _ effect: ProviderEffect) -> ProviderFailure? {
        guard response.isSuccess else { return nil }
        guard let status = try? ProviderJSON.decode(DCLStatus.self, from: response.body) else {
            return .malformedAnswer(effect)
        }
        return status.isSuccess ? nil : .refused(code: status.words.code, message: status.words.message)
    }

    /// Our code for a number that is taken, of which the warehouse's own is not documented.
    static let existsCode = "already_exists"

    /// The same for returns, where a taken number comes as a 400 or inside a 2xx.
    static func returnException(_ response: HTTPResponse, _ effect: ProviderEffect) -> ProviderFailure? {
        guard let status = try? ProviderJSON.decode(DCLStatus.self, from: response.body), status.saysExists else {
            return exception(response, effect)
        }
        return .refused(code: existsCode, message: status.words.message)
    }
}
