// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"

#include <QtCore/QList>
#include <QtWidgets/QPlainTextEdit>

namespace atalaya::common {

/// Text as it is: raw answers, expressions, curl. Mono, selectable, not editable; as tall as its lines up to
/// `setMaximumLines`, then it scrolls. Bytes a server sent are shown as text, never interpreted.
class MonoBox : public QPlainTextEdit
{
    Q_OBJECT
public:
    struct Mark
    {
        qsizetype at = 0, length = 0;
        State state = State::Unknown;
    };
    explicit MonoBox(const QString &text = {}, QWidget *parent = nullptr);
    void setText(const QString &text);
    /// Stretches of the text in a state's colour and 600: the failing parts of an answer.
    void setMarks(const QList<Mark> &marks);
    void setMaximumLines(int lines);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyMarks();
    void fitHeight();
    QList<Mark> m_marks;
    int m_maximumLines = 16;
    int m_fitted = 0;
};

} // namespace atalaya::common
