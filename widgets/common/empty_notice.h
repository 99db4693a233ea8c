// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace atalaya::common {

/// What stands in place of an empty page: a sentence, a line why, and one action.
class EmptyNotice final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyNotice(QWidget *parent = nullptr);

    /// `action` empty: no button.
    void show(State shape, const QString &sentence, const QString &why, const QString &action = {});

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State m_shape = State::Unknown;
    QLabel *m_sentence;
    QLabel *m_why;
    QPushButton *m_action;
};

} // namespace atalaya::common
