// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QWidget>

namespace atalaya::common {

/// A few choices side by side, one chosen ("5 min | 15 min | 1 h | Until reset"). Arrow keys move, the pointer clicks.
class SegmentedControl : public QWidget
{
    Q_OBJECT
public:
    explicit SegmentedControl(const QStringList &choices = {}, QWidget *parent = nullptr);

    void setChoices(const QStringList &choices);
    int currentIndex() const { return m_current; }
    QString currentText() const;
    /// -1: none. Emits nothing when it is already there.
    void setCurrentIndex(int index);

    QSize sizeHint() const override;
    /// Where a choice is drawn, for tests and for anchoring a pop-up.
    QRect choiceRect(int index) const;

Q_SIGNALS:
    void currentChanged(int index);
    /// Chosen by the operator, also when it was chosen before.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void describe();
    QStringList m_choices;
    int m_current = -1;
};

} // namespace atalaya::common
