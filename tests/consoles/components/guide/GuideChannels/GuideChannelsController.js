({
  run: function (component, event, helper) {
    component.find("omni").getServicePresenceStatusChannels().then(function (result) {
      var channel = JSON.parse(result.channels)[0];
      console.log("channel " + channel.channelId + " is " + channel.developerName);
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
