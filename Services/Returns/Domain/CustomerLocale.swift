import Commerce
import Messaging

/// The language that a request wants the customer written to in.
enum CustomerLocale {
    /// Failure: a ``Refusal`` for a text that is no language.
    static func check(_ text: String?) throws(Refusal) {
        guard let text, LanguageTag(text) == nil else { return }
        throw Refusal(code: "bad_locale", message: "Give a language such as 'fr' or 'fr-CA'.", field: "locale")
    }
}
