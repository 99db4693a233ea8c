// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/state_painter.h"

#include <QtWidgets/QWidget>

#include <optional>

namespace atalaya::common {

/// A state said twice: its shape (or a breaker's switch) and its word, in the state's colour. Never one without the
/// other unless `setWordShown(false)`, and then the word stays in the tool tip and the accessible name.
class StateLabel : public QWidget
{
    Q_OBJECT
public:
    explicit StateLabel(QWidget *parent = nullptr);
    StateLabel(State state, const QString &word, QWidget *parent = nullptr);

    /// `word` empty: the state's own word.
    void setState(State state, const QString &word = {});
    void setSwitch(theme::Switch glyph, const QString &word = {});
    State state() const { return m_state; }
    QString word() const { return m_word; }
    /// More for the tool tip, under the word ("since 03:02:52").
    void setDetail(const QString &detail);
    void setWordShown(bool shown);
    /// 16 by default; 12 beside small text, 24 in heads.
    void setShapeSize(int size);
    /// The word in text 2 and 400 instead of the state's colour and 600 (quiet rows).
    void setQuiet(bool quiet);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();
    QFont wordFont() const;
    int glyphWidth() const;
    State m_state = State::Unknown;
    std::optional<theme::Switch> m_switch;
    QString m_word, m_detail;
    int m_size = 16;
    bool m_wordShown = true;
    bool m_quiet = false;
};

/// Shape, 8 px, word from the left of `area`, vertically centred, for delegates. Returns the width used.
qreal paintStateWord(QPainter &painter, const QRectF &area, const theme::Theme &theme, State state, const QString &word,
                     const QFont &font, int shapeSize = 16);
qreal paintSwitchWord(QPainter &painter, const QRectF &area, const theme::Theme &theme, theme::Switch glyph,
                      const QString &word, const QFont &font);

} // namespace atalaya::common
