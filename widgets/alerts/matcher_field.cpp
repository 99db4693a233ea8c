// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/matcher_field.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/theme.h"

#include <QtCore/QMimeData>
#include <QtCore/QRegularExpression>
#include <QtGui/QKeyEvent>
#include <QtGui/QSyntaxHighlighter>
#include <QtGui/QTextDocument>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

class MatcherHighlighter final : public QSyntaxHighlighter
{
public:
    explicit MatcherHighlighter(MatcherField *field) : QSyntaxHighlighter(field->document()), m_field(field) {}

    void markFault(qsizetype at)
    {
        if (at == m_fault)
            return;
        m_fault = at;
        rehighlight();
    }

protected:
    void highlightBlock(const QString &text) override
    {
        static const QRegularExpression word(
            uR"(([A-Za-z_][\w.:-]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"?|[^\s,}"]*))"_s);
        const theme::Theme &look = theme::themeOf(m_field);
        for (auto it = word.globalMatch(text); it.hasNext();) {
            const auto match = it.next();
            const auto paint = [&](int group, const QColor &color) {
                QTextCharFormat format;
                format.setForeground(color);
                setFormat(static_cast<int>(match.capturedStart(group)), static_cast<int>(match.capturedLength(group)),
                          format);
            };
            paint(1, look.color(theme::Token::Accent));
            paint(2, look.color(theme::Token::Text2));
            // The second chart hue: strings are neither a state nor a link.
            paint(3, look.hue(1));
        }
        if (m_fault < 0)
            return;
        const qsizetype from = std::min(m_fault, std::max<qsizetype>(0, text.size() - 1));
        for (qsizetype i = from; i < text.size(); ++i) {
            QTextCharFormat wavy = format(static_cast<int>(i));
            wavy.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            wavy.setUnderlineColor(look.color(theme::Token::Critical));
            setFormat(static_cast<int>(i), 1, wavy);
        }
    }

private:
    MatcherField *m_field;
    qsizetype m_fault = -1;
};

MatcherField::MatcherField(QWidget *parent) : QPlainTextEdit(parent), m_highlighter(new MatcherHighlighter(this))
{
    setObjectName(u"matcherField"_s);
    setAccessibleName(tr("Filter by labels"));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setFont(theme::monoFont());
    document()->setDocumentMargin(0);
    setStyleSheet(u"QPlainTextEdit, QPlainTextEdit:focus { background: transparent; border: none; padding: 0; }"_s);
    setPlaceholderText(uR"(severity="critical" system=~"a.*")"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MatcherField::setText(const QString &text)
{
    if (text != toPlainText())
        setPlainText(text);
}

void MatcherField::markFault(qsizetype at)
{
    m_highlighter->markFault(at);
}

QSize MatcherField::sizeHint() const
{
    return {320, fontMetrics().lineSpacing() + 2};
}

QSize MatcherField::minimumSizeHint() const
{
    return {80, fontMetrics().lineSpacing() + 2};
}

void MatcherField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT submitted();
        return;
    }
    if (event->key() == Qt::Key_Escape && !toPlainText().isEmpty()) {
        clear();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void MatcherField::insertFromMimeData(const QMimeData *source)
{
    if (source->hasText())
        insertPlainText(source->text().simplified());
}

void MatcherField::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
}

void MatcherField::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace atalaya::alerts

#include "moc_matcher_field.cpp"
