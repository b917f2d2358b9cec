/// Why a request was not taken. The raw value is the stable reason, in the answer's `code` and in the quarantine.
enum Rejection: String, Sendable, CaseIterable {
    case unknownWorkspace = "unknown_workspace"
    case unknownProvider = "unknown_provider"
    /// The provider exists, but this workspace has no settings for it.
    case providerNotSet = "provider_not_set"
    case missingSignature = "missing_signature"
    case badSignature = "bad_signature"
    case wrongSender = "wrong_sender"
    case missingTopic = "missing_topic"
    /// A topic or id that no provider writes: too long, or with characters that names do not have.
    case unusableName = "unusable_name"
    case notJSON = "not_json"
    case oversize
    case tooSlow = "too_slow"
    case rateExceeded = "rate_exceeded"

    /// What the sender is answered; providers send again after anything but 200.
    var status: Int {
        switch self {
        case .unknownWorkspace, .unknownProvider, .providerNotSet: 404
        case .missingSignature, .badSignature, .wrongSender: 401
        case .missingTopic, .unusableName, .notJSON: 400
        case .oversize: 413
        case .tooSlow: 408
        case .rateExceeded: 429
        }
    }

    /// What the sender is told. A signature's failure is not explained to whoever tries signatures.
    var title: String {
        switch self {
        case .unknownWorkspace, .unknownProvider, .providerNotSet: "There is no such provider or workspace"
        case .missingSignature, .badSignature, .wrongSender: "The signature is missing or wrong"
        case .missingTopic: "The request does not say what happened"
        case .unusableName: "The request's topic or id is malformed"
        case .notJSON: "The body is not JSON"
        case .oversize: "The body is larger than 1 MiB"
        case .tooSlow: "The body did not arrive in time"
        case .rateExceeded: "The workspace receives more requests than its rate allows"
        }
    }

    /// The code in the answer: one for all failures of a signature.
    var publicCode: String {
        switch self {
        case .missingSignature, .badSignature, .wrongSender: "unauthorized"
        case .unknownWorkspace, .unknownProvider, .providerNotSet: "not_found"
        case .missingTopic, .unusableName, .notJSON, .oversize, .tooSlow, .rateExceeded: rawValue
        }
    }
}
