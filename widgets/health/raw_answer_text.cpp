// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/raw_answer_text.h"

#include <QtCore/QSet>

#include <optional>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {

namespace {

constexpr qsizetype shownBytes = 64 * 1024;
constexpr int deepest = 60;

struct JsonNode
{
    QString scalar;                                     ///< as written, quotes included; empty for containers
    QChar opening;                                      ///< '{' or '[' for containers
    std::vector<std::pair<QString, JsonNode>> children; ///< key as written, empty in arrays
};

// A reader of its own, because Qt's reorders the keys and rewrites the numbers, and this is the server's word for word.
class JsonLayout
{
public:
    explicit JsonLayout(QStringView text) : m_text(text) {}

    std::optional<JsonNode> whole()
    {
        std::optional<JsonNode> root = value(0);
        skipSpace();
        return root && m_at == m_text.size() ? root : std::nullopt;
    }

private:
    std::optional<JsonNode> value(int depth)
    {
        skipSpace();
        if (m_at >= m_text.size() || depth > deepest)
            return std::nullopt;
        const QChar c = m_text.at(m_at);
        if (c == u'{' || c == u'[')
            return container(c, depth);
        if (c == u'"')
            return string();
        const qsizetype start = m_at;
        while (m_at < m_text.size() && (m_text.at(m_at).isLetterOrNumber() || u"+-."_s.contains(m_text.at(m_at))))
            ++m_at;
        if (m_at == start)
            return std::nullopt;
        return JsonNode{m_text.sliced(start, m_at - start).toString(), {}, {}};
    }

    std::optional<JsonNode> container(QChar opening, int depth)
    {
        const QChar closing = opening == u'{' ? u'}' : u']';
        JsonNode node{{}, opening, {}};
        ++m_at;
        skipSpace();
        if (take(closing))
            return node;
        do {
            skipSpace();
            QString key;
            if (opening == u'{') {
                const std::optional<JsonNode> name = string();
                skipSpace();
                if (!name || !take(u':'))
                    return std::nullopt;
                key = name->scalar;
            }
            std::optional<JsonNode> child = value(depth + 1);
            if (!child)
                return std::nullopt;
            node.children.emplace_back(key, std::move(*child));
            skipSpace();
        } while (take(u','));
        return take(closing) ? std::optional(node) : std::nullopt;
    }

    std::optional<JsonNode> string()
    {
        if (m_at >= m_text.size() || m_text.at(m_at) != u'"')
            return std::nullopt;
        const qsizetype start = m_at++;
        while (m_at < m_text.size() && m_text.at(m_at) != u'"')
            m_at += m_text.at(m_at) == u'\\' ? 2 : 1;
        if (m_at >= m_text.size())
            return std::nullopt;
        ++m_at;
        return JsonNode{m_text.sliced(start, m_at - start).toString(), {}, {}};
    }

    void skipSpace()
    {
        while (m_at < m_text.size() && m_text.at(m_at).isSpace())
            ++m_at;
    }
    bool take(QChar c)
    {
        if (m_at >= m_text.size() || m_text.at(m_at) != c)
            return false;
        ++m_at;
        return true;
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

std::optional<State> stateOfWord(const QString &quoted)
{
    static const QSet<QString> critical{u"unhealthy"_s,    u"fail"_s,           u"failed"_s, u"down"_s,
                                        u"error"_s,        u"critical"_s,       u"dead"_s,   u"not_ready"_s,
                                        u"disconnected"_s, u"out_of_service"_s, u"open"_s};
    static const QSet<QString> warning{u"degraded"_s, u"warn"_s,          u"warning"_s,  u"ready_degraded"_s,
                                       u"unknown"_s,  u"shutting_down"_s, u"half_open"_s};
    if (!quoted.startsWith(u'"'))
        return std::nullopt;
    const QString word = quoted.mid(1, quoted.size() - 2).toLower();
    if (critical.contains(word))
        return State::Critical;
    if (warning.contains(word))
        return State::Warning;
    return std::nullopt;
}

int inlineLength(const JsonNode &node, int limit)
{
    if (node.opening.isNull())
        return static_cast<int>(node.scalar.size());
    int length = 2;
    for (const auto &[key, child] : node.children) {
        length += static_cast<int>(key.isEmpty() ? 0 : key.size() + 2) + inlineLength(child, limit) + 2;
        if (length > limit)
            break;
    }
    return length;
}

void append(RawAnswerText &to, const JsonNode &node, int indent, int used, int columns)
{
    if (node.opening.isNull()) {
        if (const std::optional<State> state = stateOfWord(node.scalar))
            to.words.append({to.text.size() + 1, node.scalar.size() - 2, *state});
        to.text += node.scalar;
        return;
    }
    const bool fits = used + inlineLength(node, columns) <= columns;
    const QString newLine = u"\n"_s + QString(indent + 2, u' ');
    to.text += node.opening;
    bool first = true;
    for (const auto &[key, child] : node.children) {
        if (!first)
            to.text += fits ? u", "_s : u","_s;
        if (!fits)
            to.text += newLine;
        first = false;
        if (!key.isEmpty())
            to.text += key + u": "_s;
        append(to, child, indent + 2, fits ? 0 : indent + 2 + static_cast<int>(key.size()) + 3, columns);
    }
    if (!fits && !node.children.empty())
        to.text += u"\n"_s + QString(indent, u' ');
    to.text += node.opening == u'{' ? u'}' : u']';
}

} // namespace

RawAnswerText rawAnswerText(const QByteArray &body, int columns)
{
    RawAnswerText shown;
    shown.isCut = body.size() > shownBytes;
    const QString text = QString::fromUtf8(body.left(shownBytes));
    if (!shown.isCut) {
        if (const std::optional<JsonNode> root = JsonLayout(text).whole()) {
            append(shown, *root, 0, 0, columns);
            return shown;
        }
    }
    shown.text = text.trimmed();
    return shown;
}

} // namespace atalaya::health
