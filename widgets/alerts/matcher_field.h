// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QPlainTextEdit>

namespace atalaya::alerts {

class MatcherHighlighter;

/// One line of matchers with their syntax coloured and the place of a fault underlined. Return and pasted line breaks
/// do not make a second line.
class MatcherField final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit MatcherField(QWidget *parent = nullptr);

    QString text() const { return toPlainText(); }
    void setText(const QString &text);
    /// Underlines from here on; -1: nothing.
    void markFault(qsizetype at);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void submitted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    MatcherHighlighter *m_highlighter;
};

} // namespace atalaya::alerts
