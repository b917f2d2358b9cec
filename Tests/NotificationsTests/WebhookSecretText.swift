import ServiceKit

enum WebhookSecretText {
    static let example = WebhookSecret("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=")
}
